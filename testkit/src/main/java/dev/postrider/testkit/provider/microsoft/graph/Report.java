package dev.postrider.testkit.provider.microsoft.graph;

import dev.postrider.testkit.provider.mail.StoredMessage;
import java.nio.charset.StandardCharsets;

/** A report that a message couldn't be delivered (RFC 3464). */
final class Report {
    private Report() {}

    static byte[] of(String sender, String address, StoredMessage message) {
        return """
        From: Microsoft Outlook <postmaster@%1$s>
        To: %2$s
        Subject: Undeliverable: %3$s
        Message-ID: %4$s
        In-Reply-To: %5$s
        References: %5$s
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="report"

        --report
        Content-Type: text/plain; charset=utf-8

        %6$s wasn't found.
        --report
        Content-Type: message/delivery-status

        Reporting-MTA: dns;FAKE.PROD.OUTLOOK.COM

        Final-Recipient: rfc822;%6$s
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup

        --report
        Content-Type: text/rfc822-headers

        Subject: %3$s
        Message-ID: %5$s

        --report--
        """
                .formatted(
                        sender.substring(sender.indexOf('@') + 1),
                        sender,
                        message.subject(),
                        SendMail.newMessageId(),
                        message.messageId(),
                        address)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
