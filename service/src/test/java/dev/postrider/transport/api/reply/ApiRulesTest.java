package dev.postrider.transport.api.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.outbound.CallResult.Answered;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer that the providers are known to give, and what it means. */
final class ApiRulesTest {
    private static final ApiRules GMAIL = ApiRules.load("gmail");
    private static final ApiRules MICROSOFT = ApiRules.load("microsoft");

    /** {@code old} and {@code new} are Google's two shapes of an error. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    400 | old | invalidArgument             | Invalid To header                                  | recipient
                    400 | new | INVALID_ARGUMENT            | Recipient address required                         | recipient
                    400 | old | badRequest                  | Bad attachment                                     | refused
                    400 | old | failedPrecondition          | Mail service not enabled                           | hold
                    400 | new | FAILED_PRECONDITION         | Mail service not enabled                           | hold
                    400 | old | failedPrecondition          | Precondition check failed.                         | hold
                    401 | old | authError                   | Invalid Credentials                                | renew
                    401 | new | UNAUTHENTICATED             | Request had invalid authentication credentials.    | renew
                    403 | old | insufficientPermissions     | Insufficient Permission                            | hold
                    403 | new | ACCESS_TOKEN_SCOPE_INSUFFICIENT | Request had insufficient scopes.               | hold
                    403 | old | accessNotConfigured         | Gmail API has not been used in project 1 before    | app
                    403 | new | SERVICE_DISABLED            | Gmail API has not been used in project 1 before    | app
                    403 | old | domainPolicy                | The domain policy has disabled Gmail apps          | hold
                    403 | old | forbidden                   | Delegation denied for a@b.example                  | hold
                    403 | old | rateLimitExceeded           | Rate Limit Exceeded                                | throttle
                    403 | old | userRateLimitExceeded       | User Rate Limit Exceeded                           | throttle
                    403 | new | RATE_LIMIT_EXCEEDED         | Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' | throttle
                    429 | old | rateLimitExceeded           | Quota exceeded for quota metric 'Queries'          | throttle
                    429 | old | rateLimitExceeded           | User-rate limit exceeded.  Retry after 2026-11-27T10:00:00.000Z (Mail sending) | throttle
                    429 | new | RESOURCE_EXHAUSTED          | Resource has been exhausted (e.g. check quota).    | throttle
                    403 | old | dailyLimitExceeded          | Daily Limit Exceeded                               | app
                    404 | old | notFound                    | Requested entity was not found.                    | unthreaded
                    413 | old | uploadTooLarge              | Request is too large                               | refused
                    500 | old | backendError                | Backend Error                                      | unknown
                    502 | new | INTERNAL                    | Bad gateway                                        | unknown
                    503 | new | UNAVAILABLE                 | The service is currently unavailable.              | unknown
                    504 | new | DEADLINE_EXCEEDED           | Deadline                                           | unknown
                    """)
    void whatGmailMeans(int status, String shape, String reason, String words, String meaning) {
        var error =
                shape.equals("old")
                        ? """
                        {"error":{"code":%d,"message":"%s","errors":[{"domain":"global","reason":"%s"}]}}
                        """
                                .formatted(status, words, reason)
                        : """
                        {"error":{"code":%d,"message":"%s","status":"X","details":[{"reason":"%s"}]}}
                        """
                                .formatted(status, words, reason);
        assertThat(meaning(GMAIL, json(status, error))).isEqualTo(meaning);
    }

    @Test
    void googlesStatusCountsWhereThereIsNoReason() {
        assertThat(
                        meaning(
                                GMAIL,
                                json(
                                        403,
                                        """
                                        {"error":{"code":403,"message":"No","status":"RESOURCE_EXHAUSTED"}}
                                        """)))
                .isEqualTo("throttle");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    400 | ErrorMimeContentInvalidBase64String | x                                         | refused
                    400 | ErrorInvalidRecipients              | x                                         | recipient
                    400 | ErrorInvalidSmtpAddress             | x                                         | recipient
                    400 | ErrorRecipientNotFound              | x                                         | recipient
                    400 | InvalidInternetMessageHeader        | x                                         | refused
                    400 | BadRequest                          | The maximum request length supported is 4MB | refused
                    401 | InvalidAuthenticationToken          | x                                         | renew
                    403 | insufficient_claims                 | x                                         | hold
                    403 | ErrorAccessDenied                   | Access is denied. Check credentials       | hold
                    403 | ErrorSendAsDenied                   | x                                         | refused
                    404 | MailboxNotEnabledForRESTAPI         | x                                         | hold
                    400 | MailboxNotEnabledForRESTAPI         | x                                         | hold
                    404 | MailboxNotHostedInExchangeOnline    | x                                         | hold
                    404 | ResourceNotFound                    | x                                         | hold
                    403 | ErrorExceededMessageLimit           | Daily limit                               | throttle
                    429 | ErrorExceededMessageLimit           | Daily limit                               | throttle
                    400 | ErrorSubmissionQuotaExceeded        | x                                         | throttle
                    403 | ErrorExceededHourlyMessageLimit     | x                                         | throttle
                    403 | ErrorExceededMaxRecipientLimit      | x                                         | throttle
                    403 | ErrorMessageSubmissionBlocked       | x                                         | hold
                    400 | ErrorAccountSuspend                 | x                                         | hold
                    403 | Forbidden                           | WASCL UserAction verdict is not None: Suspend | hold
                    413 | ErrorMessageSizeExceeded            | x                                         | refused
                    507 | ErrorQuotaExceeded                  | x                                         | hold
                    429 | ApplicationThrottled                | Application is over its MailboxConcurrency limit. | throttle
                    429 | activityLimitReached                | x                                         | throttle
                    509 | x                                   | x                                         | throttle
                    500 | ErrorInternalServerTransientError   | x                                         | unknown
                    502 | UnknownError                        | x                                         | unknown
                    503 | ErrorServerBusy                     | x                                         | unknown
                    504 | UnknownError                        | x                                         | unknown
                    """)
    void whatMicrosoftMeans(int status, String code, String words, String meaning) {
        var flat = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + words + "\"}}";
        assertThat(meaning(MICROSOFT, json(status, flat))).isEqualTo(meaning);
        var nested =
                """
                {"error":{"code":"Outer","message":"%s","innerError":{"code":"Inner","innerError":{"code":"%s"}}}}
                """
                        .formatted(words, code);
        assertThat(meaning(MICROSOFT, json(status, nested))).isEqualTo(meaning);
    }

    /** Pages that something in between has made say nothing of the message. */
    @ParameterizedTest
    @CsvSource({
        "302, retry",
        "400, retry",
        "403, retry",
        "407, retry",
        "500, unknown",
        "502, unknown",
        "503, unknown",
        "504, unknown",
        "413, refused",
        "429, throttle",
        "401, renew"
    })
    void whatAPageMeans(int status, String meaning) {
        var page = reply(status, "text/html", "<html>No</html>");
        assertThat(meaning(MICROSOFT, page)).isEqualTo(meaning);
        assertThat(meaning(GMAIL, page).replace("refused", "retry"))
                .isEqualTo(status == 400 ? "retry" : meaning.replace("refused", "retry"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "7",
                "{\"error\":null}",
                "{\"error\":\"nested\"}",
                "{\"error\":{\"errors\":{},\"details\":7,\"code\":{\"a\":1}}}",
                ""
            })
    void anErrorThatIsNoneGoesByItsStatus(String body) {
        assertThat(meaning(GMAIL, json(503, body))).isEqualTo("unknown");
        assertThat(meaning(MICROSOFT, json(418, body))).isEqualTo("refused");
    }

    @Test
    void wordsAreBoundedAndOneLine() {
        var error =
                ApiError.of(
                        json(
                                400,
                                "{\"error\":{\"message\":\"a\\r\\nb"
                                        + "x".repeat(5_000)
                                        + "\",\"status\":\"S\"}}"));
        assertThat(error.text()).startsWith("S: a bx").hasSizeLessThan(520);
    }

    @Test
    void deepNestingEnds() {
        var deep = "{\"error\":" + "{\"innerError\":".repeat(500) + "{}" + "}".repeat(501);
        assertThat(ApiError.of(json(400, deep)).reasons()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"403 x throttle", "403 x hold 5m", "900 * hold", "403 x pray"})
    void aLineThatIsNoRuleIsABug(String line) {
        assertThatThrownBy(() -> ApiRules.parse(List.of(line)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String meaning(ApiRules rules, ApiReply reply) {
        return rules.of(reply, ApiError.of(reply))
                .meaning()
                .getClass()
                .getSimpleName()
                .toLowerCase(Locale.ROOT);
    }

    private static ApiReply json(int status, String body) {
        return reply(status, "application/json; charset=UTF-8", body);
    }

    static ApiReply reply(int status, String type, String body) {
        return ApiReply.of(
                new Answered<>(
                        status, Map.of("content-type", type), new ApiReply.Text(body, true)));
    }
}
