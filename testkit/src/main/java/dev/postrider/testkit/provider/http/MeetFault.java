package dev.postrider.testkit.provider.http;

/** What a client gets to see under a fault. */
record MeetFault(Route route, Request request) {

    Reply reply(Fault fault) throws InterruptedException {
        return switch (fault) {
            case Fault.Pass _ -> new Reply.Whole(accept());
            case Fault.Answer(var response) -> new Reply.Whole(response);
            case Fault.AnswerBeforeBody(var response) -> new Reply.Whole(response);
            case Fault.Change(var change) -> new Reply.Whole(change.apply(accept()));
            case Fault.HalfAnswer _ -> new Reply.Half(accept());
            case Fault.AcceptThenReset _ -> {
                accept();
                yield new Reply.Reset();
            }
            case Fault.ResetBeforeBody _, Fault.ResetAfterBody _ -> new Reply.Reset();
            case Fault.Delay(var time, var then) -> {
                Thread.sleep(time);
                yield reply(then);
            }
            case Fault.Hold(var gate, var then) -> {
                gate.pass();
                yield reply(then);
            }
            case Fault.AcceptThenHold(var gate) -> {
                Response response = accept();
                gate.pass();
                yield new Reply.Whole(response);
            }
        };
    }

    private Response accept() {
        return route.handler().handle(request);
    }
}
