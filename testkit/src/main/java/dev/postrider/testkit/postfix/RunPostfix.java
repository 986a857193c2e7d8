package dev.postrider.testkit.postfix;

import java.io.IOException;
import java.io.OutputStream;

/** A real mail server to try things by hand. It ends with Ctrl-C or with the end of its input. */
public final class RunPostfix {

    private RunPostfix() {}

    public static void main(String[] arguments) throws IOException {
        try (var server = RealPostfix.start()) {
            IO.println(description(server));
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static String description(RealPostfix server) {
        var users = new StringBuilder();
        server.settings()
                .users()
                .forEach((user, password) -> users.append("%n  %s  %s".formatted(user, password)));
        return """
        A real Postfix listens on %s (127.0.0.1):
          %d  STARTTLS and login
          %d  TLS and login
          %d  neither, for example.test only
        Users and passwords:%s
        Certificate authority: %s
        Mail arrives in:       %s
        Log:                   %s
        Ctrl-C ends it.\
        """
                .formatted(
                        server.host(),
                        server.submissionPort(),
                        server.implicitTlsPort(),
                        server.plainPort(),
                        users,
                        server.certificateAuthority(),
                        server.folder().newMail(),
                        server.folder().log().file());
    }
}
