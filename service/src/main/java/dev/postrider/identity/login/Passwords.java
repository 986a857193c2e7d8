package dev.postrider.identity.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.postrider.machine.KeyedPermits;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hashes passwords with Argon2id (RFC 9106), stored as PHC strings.
 *
 * <p>A password is any Unicode text, prepared as RFC 8265, 4.2 says (every space becomes an ASCII
 * one, then NFC), so that it doesn't matter on which keyboard it is typed.
 *
 * <p>Each hashing takes 19 MiB and a core for tens of milliseconds. A few platform threads do them,
 * so that memory stays bounded and the threads that carry virtual ones stay free; who finds too
 * many waiting is told so. All of the program's password hashing goes through the one instance.
 */
@Singleton
public final class Passwords {
    static final int MIN_LENGTH = 8;
    public static final int MAX_LENGTH = 1024;

    /**
     * What hashing costs.
     *
     * @param kibibytes of memory
     * @param passes over it
     */
    public record Cost(int kibibytes, int passes) {
        /** OWASP's Password Storage Cheat Sheet. */
        public static final Cost STANDARD = new Cost(19 * 1024, 2);
    }

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MAX_WAITING = 64;

    /** Of those: one who asks for many at once keeps no other from being asked. */
    private static final int OF_ONE = MAX_WAITING / 8;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Cost cost;
    private final ExecutorService threads;
    private final KeyedPermits<Object> shares = new KeyedPermits<>();

    /** Belongs to nobody and matches nothing. */
    private final String nobodys;

    @Inject
    public Passwords(Cost cost) {
        this(cost, fewThreads());
    }

    /** Hashes on threads of the caller's choice. */
    Passwords(Cost cost, ExecutorService threads) {
        this.cost = cost;
        this.threads = threads;
        nobodys =
                "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                        .formatted(
                                cost.kibibytes(),
                                cost.passes(),
                                LANES,
                                base64(random(SALT_BYTES)),
                                base64(random(HASH_BYTES)));
    }

    /** Asked for when there is something to hash: from then on the library keeps its memory. */
    private Argon2Function current() {
        return Argon2Function.getInstance(
                cost.kibibytes(),
                cost.passes(),
                LANES,
                HASH_BYTES,
                Argon2.ID,
                Argon2Function.ARGON2_VERSION_13);
    }

    private static ExecutorService fewThreads() {
        // the other half of the cores is for who asks for something else
        var atOnce = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
        var threads =
                new ThreadPoolExecutor(
                        atOnce,
                        atOnce,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(MAX_WAITING),
                        Thread.ofPlatform().daemon().name("password-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** What a password and a hash have to do with each other. */
    public sealed interface Verdict {
        /**
         * The password is right.
         *
         * @param newHash to be stored instead of one with other parameters than today's
         */
        record Right(Optional<String> newHash) implements Verdict {}

        record Wrong() implements Verdict {}

        /** Too many are being checked: try again in a moment. */
        record Busy() implements Verdict {}
    }

    /** Why a password can't be chosen, as the end of a sentence; empty when it can. */
    public static Optional<String> fault(String password) {
        var length = password.codePointCount(0, password.length());
        return length < MIN_LENGTH || length > MAX_LENGTH
                ? Optional.of("must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters")
                : Optional.empty();
    }

    /**
     * Hashes a password; empty when too many wait for that.
     *
     * @param whose share of the work it is: a workspace, or an address
     */
    public Optional<String> hash(Object whose, String password) {
        return inTurn(whose, () -> hashed(password));
    }

    /**
     * Checks a password, in the same time for no user as for one.
     *
     * @param whose share of the work it is: a workspace, or an address
     * @param hash of the user; empty when there is none, or none with a password
     */
    public Verdict check(Object whose, String password, Optional<String> hash) {
        return inTurn(whose, checking(password, hash)).orElseGet(Verdict.Busy::new);
    }

    private <T> Optional<T> inTurn(Object whose, Callable<T> work) {
        try {
            if (!shares.tryAcquire(whose, OF_ONE, PATIENCE)) {
                return Optional.empty();
            }
            try {
                return Optional.of(threads.submit(work).get());
            } finally {
                shares.release(whose);
            }
        } catch (RejectedExecutionException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Callable<Verdict> checking(String password, Optional<String> hash) {
        return () -> {
            var against = hash.orElse(nobodys);
            var function = Argon2Function.getInstanceFromHash(against);
            if (!function.check(prepared(password), against.getBytes(UTF_8)) || hash.isEmpty()) {
                return new Verdict.Wrong();
            }
            return new Verdict.Right(
                    function.equals(current()) ? Optional.empty() : Optional.of(hashed(password)));
        };
    }

    private String hashed(String password) {
        return current().hash(prepared(password), random(SALT_BYTES)).getResult();
    }

    private static byte[] prepared(String password) {
        return Normalizer.normalize(password.replaceAll("\\p{Zs}", " "), Normalizer.Form.NFC)
                .getBytes(UTF_8);
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
