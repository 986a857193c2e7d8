package dev.postrider.door.console.call;

/** A page can't be shown, since the API refused what it is made of: an error page says why. */
public final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiAnswer.Refused refused;

    public ApiRefusal(ApiAnswer.Refused refused) {
        super(refused.status() + " " + refused.code());
        this.refused = refused;
    }

    public ApiAnswer.Refused refused() {
        return refused;
    }
}
