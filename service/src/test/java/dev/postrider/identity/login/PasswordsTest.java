package dev.postrider.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PasswordsTest {
    private static final String PASSWORD = "correct horse";
    private static final Passwords PASSWORDS =
            new Passwords(Passwords.Cost.STANDARD, new OnTheCallersThread());
    private static final String HASH = PASSWORDS.hash("me", PASSWORD).orElseThrow();

    @Test
    void aHashIsAPhcStringWithItsParametersAndNewSalt() {
        assertThat(HASH)
                .matches(
                        "\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}")
                .isNotEqualTo(PASSWORDS.hash("me", PASSWORD).orElseThrow());
    }

    @Test
    void theRightPasswordIsRight() {
        assertThat(check(PASSWORD, HASH)).isEqualTo(new Passwords.Verdict.Right(Optional.empty()));
    }

    @Test
    void anyOtherIsWrong() {
        assertThat(
                        List.of(
                                "correct horsf",
                                "Correct horse",
                                "correct horse ",
                                "",
                                "x".repeat(20_000)))
                .allSatisfy(other ->
                        assertThat(check(other, HASH)).isInstanceOf(Passwords.Verdict.Wrong.class));
    }

    @Test
    void aPasswordIsTheSameOnEveryKeyboard() {
        var composed = "pässwört\u00a0日本語 🐎";
        var decomposed = "pa\u0308sswo\u0308rt 日本語\u3000🐎";
        assertThat(check(decomposed, PASSWORDS.hash("me", composed).orElseThrow()))
                .isInstanceOf(Passwords.Verdict.Right.class);
    }

    @Test
    void aHashWithOtherParametersIsRenewedWhenItsPasswordIsKnown() {
        var older =
                Argon2Function.getInstance(4096, 3, 1, 32, Argon2.ID).hash(PASSWORD).getResult();
        assertThat(check("wrong", older)).isInstanceOf(Passwords.Verdict.Wrong.class);
        var verdict = (Passwords.Verdict.Right) check(PASSWORD, older);
        assertThat(verdict.newHash().orElseThrow()).contains("$m=19456,t=2,p=1$");
        assertThat(check(PASSWORD, verdict.newHash().orElseThrow()))
                .isEqualTo(new Passwords.Verdict.Right(Optional.empty()));
    }

    @Test
    void aHashByAnotherProgramIsUnderstood() {
        // printf 'correct horse' | argon2 saltsaltsaltsalt -id -t 2 -k 19456 -p 1 -l 32 -e
        assertThat(
                        check(
                                PASSWORD,
                                "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AdweBLwcflnNX2HVW8i1Mtu7frrn4Ki7h/rYSGuU7Is"))
                .isInstanceOf(Passwords.Verdict.Right.class);
    }

    @Test
    void nobodysPasswordCostsAsMuchAsSomebodys() {
        assertThat(PASSWORDS.check("me", PASSWORD, Optional.empty()))
                .isInstanceOf(Passwords.Verdict.Wrong.class);
        var somebody = leastCpuNanos(Optional.of(HASH));
        var nobody = leastCpuNanos(Optional.empty());
        assertThat((double) nobody / somebody).isBetween(0.6, 1.7);
    }

    /** The least of several: what the work costs when nothing else disturbs it. */
    private long leastCpuNanos(Optional<String> hash) {
        var threads = ManagementFactory.getThreadMXBean();
        var least = Long.MAX_VALUE;
        for (var i = 0; i < 10; i++) {
            var before = threads.getCurrentThreadCpuTime();
            assertThat(PASSWORDS.check("me", "wrong", hash))
                    .isInstanceOf(Passwords.Verdict.Wrong.class);
            least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
        }
        return least;
    }

    @Test
    void tooManyAtOnceAreToldSo() {
        var full =
                new OnTheCallersThread() {
                    @Override
                    public void execute(Runnable work) {
                        throw new RejectedExecutionException();
                    }
                };
        var busy = new Passwords(Passwords.Cost.STANDARD, full);
        assertThat(busy.check("me", PASSWORD, Optional.of(HASH)))
                .isInstanceOf(Passwords.Verdict.Busy.class);
        assertThat(busy.hash("me", PASSWORD)).isEmpty();
    }

    @Test
    @Timeout(60)
    void whoAsksForManyAtOnceLeavesTurnsToOthers() throws InterruptedException {
        var asked = new Semaphore(0);
        var never =
                new OnTheCallersThread() {
                    @Override
                    public void execute(Runnable work) {
                        asked.release();
                    }
                };
        var passwords = new Passwords(Passwords.Cost.STANDARD, never);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 100; i++) {
                var _ = callers.submit(() -> passwords.hash("many", PASSWORD));
            }
            assertThat(asked.tryAcquire(8, 20, TimeUnit.SECONDS)).isTrue();
            var _ = callers.submit(() -> passwords.hash("other", PASSWORD));
            assertThat(asked.tryAcquire(1, 20, TimeUnit.SECONDS)).isTrue();
            assertThat(asked.tryAcquire(1, 100, TimeUnit.MILLISECONDS)).isFalse();
            callers.shutdownNow();
        }
    }

    @Test
    void aPasswordHasEightToAThousandCharacters() {
        assertThat(Passwords.fault("1234567")).isPresent();
        assertThat(Passwords.fault("12345678")).isEmpty();
        assertThat(Passwords.fault("🐎".repeat(7))).isPresent();
        assertThat(Passwords.fault("🐎".repeat(1024))).isEmpty();
        assertThat(Passwords.fault("x".repeat(1025))).isPresent();
    }

    private Passwords.Verdict check(String password, String hash) {
        return PASSWORDS.check("me", password, Optional.of(hash));
    }

    private static class OnTheCallersThread extends AbstractExecutorService {
        @Override
        public void execute(Runnable work) {
            work.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
