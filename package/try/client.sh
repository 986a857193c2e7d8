# shellcheck shell=bash
# What the tries of the Debian package share: a user who sends. Sourced behind http.sh.

login() {
    answers_with 200 POST /token "" application/x-www-form-urlencoded \
        "grant_type=password&username=owner@example.com&password=a-password-for-trying" | field access_token
}

# send TOKEN SUBJECT: prints the email's id.
send() {
    answers_with 200 POST /smtp/send-email "$1" application/json \
        "{\"to\":\"grace@example.com\",\"subject\":\"$2\",\"message\":\"Hello\"}" | field id
}

was_sent() { answers_with 200 GET "/emails/$2" "$1" | grep -q '"last_event":"\(sent\|delivered\)"' || fail "email $2 isn't sent"; }
