package dev.postrider.flow.accept;

import dev.postrider.door.api.send.TakeEmails;
import dev.postrider.flow.accept.RequestedAttachment.Place;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.mime.Attachment;
import dev.postrider.spool.OpenFiles;
import java.util.ArrayList;
import java.util.List;

/** Brings the octets of all attachments together. */
public final class FetchAttachments {
    private final FetchUrl fetch;

    public FetchAttachments(FetchUrl fetch) {
        this.fetch = fetch;
    }

    /** What became of them. */
    sealed interface Fetched {
        record Files(List<Attachment> attachments) implements Fetched {}

        record Failed(Problem problem) implements Fetched {}
    }

    /**
     * @param maxOctets of all that is fetched together
     * @param files gets what is fetched
     */
    public Fetched all(List<RequestedAttachment> requested, int maxOctets, OpenFiles files)
            throws InterruptedException {
        var attachments = new ArrayList<Attachment>(requested.size());
        var left = maxOctets;
        for (var each : requested) {
            switch (each.place()) {
                case Place.Here(var content) -> attachments.add(each.with(content));
                case Place.There(var url) -> {
                    switch (fetch.get(url, left)) {
                        case FetchUrl.Fetched.File(var content) -> {
                            files.add(content);
                            left -= Math.toIntExact(content.size());
                            attachments.add(each.with(content));
                        }
                        case FetchUrl.Fetched.Busy _ -> {
                            return new Fetched.Failed(TakeEmails.BUSY);
                        }
                        case FetchUrl.Fetched.Failed(var reason) -> {
                            return new Fetched.Failed(
                                    Problem.invalid(
                                            ProblemCode.INVALID_ATTACHMENT,
                                            List.of(
                                                    new Problem.FieldError(
                                                            "attachments["
                                                                    + attachments.size()
                                                                    + "].path",
                                                            reason))));
                        }
                    }
                }
            }
        }
        return new Fetched.Files(attachments);
    }
}
