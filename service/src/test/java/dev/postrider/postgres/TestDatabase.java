package dev.postrider.postgres;

import dev.postrider.postgres.connection.DatabaseUrl;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a migrated, empty {@link Database} of its own, as a parameter of its
 * constructor or methods; the database goes with the class. {@code @ExtendWith(TestDatabase.class)}
 * is all it takes. Who needs one for each test takes the {@link TestServer}, and copies from it.
 *
 * <p>The server under it is one embedded PostgreSQL a test run, or the one that the environment
 * variable {@code POSTRIDER_TEST_DATABASE_URL} names (its user must be allowed to create
 * databases), or an {@link OwnServer}.
 */
public final class TestDatabase implements ParameterResolver {
    private static final ExtensionContext.Namespace HERE =
            ExtensionContext.Namespace.create(TestDatabase.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        var type = parameter.getParameter().getType();
        return type == Database.class || type == TestServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == TestServer.class
                ? server(test)
                : database(ofClass(test));
    }

    private static ExtensionContext ofClass(ExtensionContext test) {
        return test.getTestMethod().isPresent() ? ofClass(test.getParent().orElseThrow()) : test;
    }

    /** A store closes what it holds, the youngest first: the pool, then the database under it. */
    private static Database database(ExtensionContext testClass) {
        var store = testClass.getStore(HERE);
        var fresh =
                store.computeIfAbsent(
                        FreshDatabase.class,
                        _ -> server(testClass).migrated().copy(),
                        FreshDatabase.class);
        return store.computeIfAbsent(Database.class, _ -> Database.at(fresh.url()), Database.class);
    }

    /** The store of the root is closed when all tests have ended. */
    private static TestServer server(ExtensionContext test) {
        return test.getRoot()
                .getStore(HERE)
                .computeIfAbsent(TestServer.class, _ -> TestServer.start(), TestServer.class);
    }

    /** The server to run the tests against, if it is not to be the embedded one. */
    public static Optional<DatabaseUrl> external() {
        return Optional.ofNullable(System.getenv("POSTRIDER_TEST_DATABASE_URL"))
                .or(OwnServer::url)
                .map(url ->
                        switch (DatabaseUrl.parse(url)) {
                            case DatabaseUrl.Parsed.Valid(var valid) -> valid;
                            case DatabaseUrl.Parsed.Invalid(var reason) ->
                                    throw new IllegalArgumentException(
                                            "POSTRIDER_TEST_DATABASE_URL " + reason);
                        });
    }
}
