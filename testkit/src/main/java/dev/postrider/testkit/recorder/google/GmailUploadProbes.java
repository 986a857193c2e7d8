package dev.postrider.testkit.recorder.google;

import dev.postrider.testkit.recorder.Calls;
import dev.postrider.testkit.recorder.Calls.Answer;
import dev.postrider.testkit.recorder.Probe;
import dev.postrider.testkit.recorder.Probe.Seen;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What uploads do; a finished resumable one might say what became of a lost answer. */
record GmailUploadProbes(GoogleAccount account, Calls calls) {
    private static final String TARGET = "/upload" + GoogleAccount.MESSAGES + "/send?uploadType=";
    private static final String TYPE = "message/rfc822";

    /** A part must be a multiple of it, but for the last. */
    private static final int PART = 256 * 1024;

    private static final int FORTY_MEGABYTES = 40_000_000;

    List<Probe> probes() {
        return List.of(
                new Probe(
                        "upload-resumed",
                        "Where does a resumable upload say it is, asked after its first part?",
                        "308 bytes=0-262143",
                        this::resumed),
                new Probe(
                        "upload-asked-after-its-end",
                        "Does a finished resumable upload tell its answer again?",
                        "200, the same id",
                        this::askedAfterItsEnd),
                new Probe(
                                "upload-too-large",
                                "What is answered to an upload of 40 MB?",
                                "413 uploadTooLarge",
                                () ->
                                        calls.call(
                                                        "POST",
                                                        TARGET + "media",
                                                        Map.of("Content-Type", TYPE),
                                                        account.letter().octets(FORTY_MEGABYTES))
                                                .refused())
                        .large());
    }

    private String begin(int length) throws IOException, InterruptedException {
        var begun =
                calls.call(
                                "POST",
                                TARGET + "resumable",
                                Map.of(
                                        "X-Upload-Content-Type",
                                        TYPE,
                                        "X-Upload-Content-Length",
                                        String.valueOf(length)),
                                new byte[0])
                        .good();
        return begun.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("there is no Location"));
    }

    private Seen resumed() throws IOException, InterruptedException {
        var octets = account.letter().octets(PART + 1_000);
        var session = begin(octets.length);
        var _ =
                put(
                        session,
                        "bytes 0-" + (PART - 1) + "/" + octets.length,
                        Arrays.copyOf(octets, PART));
        var asked = put(session, "bytes */" + octets.length, new byte[0]);
        return new Seen(
                asked.status() + " " + asked.headers().firstValue("Range").orElse("no Range"));
    }

    private Seen askedAfterItsEnd() throws IOException, InterruptedException {
        var octets = account.letter().octets();
        var session = begin(octets.length);
        var done =
                put(session, "bytes 0-" + (octets.length - 1) + "/" + octets.length, octets).good();
        var asked = put(session, "bytes */" + octets.length, new byte[0]);
        return asked.status() / 100 == 2
                ? new Seen(
                        asked.status()
                                + (asked.text("id").equals(done.text("id"))
                                        ? ", the same id"
                                        : ", no such id"))
                : asked.refused();
    }

    private Answer put(String session, String range, byte[] octets)
            throws IOException, InterruptedException {
        return calls.call(
                "PUT", session, Map.of("Content-Type", TYPE, "Content-Range", range), octets);
    }
}
