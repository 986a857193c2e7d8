# shellcheck shell=bash
# What the tries share: a client that a bare system has (bash), and waiting for the program.

step() { printf '  %s\n' "$*"; }
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    [ -f /tmp/serve.log ] && tail -20 /tmp/serve.log >&2
    exit 1
}

# http METHOD PATH [TOKEN [TYPE BODY]]: prints the answer, heads and body.
http() {
    local body=${5:-} port=${PORT:-8080}
    exec 7<>"/dev/tcp/127.0.0.1/$port" || return 1
    printf '%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s%sContent-Length: %s\r\n\r\n%s' "$1" "$2" \
        "${3:+Authorization: Bearer $3$'\r\n'}" "${4:+Content-Type: $4$'\r\n'}" "${#body}" "$body" >&7
    cat <&7
    exec 7>&-
}

# answers_with STATUS HTTP-ARGUMENTS…: prints the answer if it has that status.
answers_with() {
    local answer
    answer=$(http "${@:2}")
    [ "$(head -1 <<<"$answer" | cut -d' ' -f2)" = "$1" ] || fail "$2 $3 should answer $1: $answer"
    printf '%s\n' "$answer"
}

field() { grep -o "\"$1\":\"[^\"]*\"" | head -1 | cut -d'"' -f4; }

# Waits until process $1 is ready to serve, as an orchestrator asks.
wait_ready() {
    local answer
    for _ in $(seq 1500); do
        kill -0 "$1" 2>/dev/null || fail "the program has ended"
        answer=$(PORT=9000 http GET /health/ready 2>/dev/null || true)
        case $answer in "HTTP/1.1 200"*) return 0 ;; esac
        sleep 0.2
    done
    fail "not ready in five minutes"
}

# Ends process $1 as systemd does, and looks at how it ended.
end() {
    local status=0
    kill -TERM "$1"
    wait "$1" || status=$?
    [ $status = 143 ] || [ $status = 0 ] || fail "it ended with status $status"
}
