package dev.postrider.door.console.mailboxes;

/**
 * Why a mailbox is held, in words, and what somebody does about it.
 *
 * @param title what has happened
 * @param todo what to do, and who
 */
record HeldWords(String title, String todo) {
    static HeldWords of(String reasonCode) {
        return switch (reasonCode) {
            case "login_refused" ->
                    new HeldWords(
                            "The server refused the login",
                            "Enter the current password, or an app password where the provider wants"
                                    + " one. Check that sending by SMTP is switched on for the account.");
            case "credentials_unreadable" ->
                    new HeldWords(
                            "The stored password can't be read",
                            "Enter the password again. If this is so for all mailboxes, the operator"
                                    + " has to put the master key file back.");
            case "grant_revoked" ->
                    new HeldWords(
                            "The access was taken back",
                            "Its user, or an administrator, took it back, or the password was changed:"
                                    + " its user connects it again.");
            case "grant_expired" ->
                    new HeldWords(
                            "The access has run out",
                            "It wasn't used for long, or was given for a time that is over: its user"
                                    + " connects it again.");
            case "consent_required" ->
                    new HeldWords(
                            "The provider asks for consent again",
                            "Its user connects it again. If the page there asks for approval, an"
                                    + " administrator of the organisation gives it first.");
            case "sign_in_required" ->
                    new HeldWords(
                            "The provider wants its user to sign in again",
                            "Its user connects it again, and proves who they are there.");
            case "admin_policy" ->
                    new HeldWords(
                            "A policy of the organisation blocks it",
                            "The organisation's administrator allows the app; then its user connects"
                                    + " it again.");
            case "account_gone" ->
                    new HeldWords(
                            "The account is gone",
                            "It was deleted or disabled. Connect another mailbox, and remove this one.");
            case "scope_missing" ->
                    new HeldWords(
                            "The permission to send is missing",
                            "Its user connects it again, and leaves every box ticked.");
            case String _ -> new HeldWords("It needs somebody", "Its user connects it again.");
        };
    }
}
