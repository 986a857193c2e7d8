package dev.postrider.smtp.reply;

/** An enhanced status code such as 5.1.1 (RFC 3463; its place in a reply: RFC 2034). */
public record EnhancedCode(int category, int subject, int detail) {
    @Override
    public String toString() {
        return category + "." + subject + "." + detail;
    }
}
