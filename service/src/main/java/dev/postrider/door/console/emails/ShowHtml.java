package dev.postrider.door.console.emails;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.door.console.MessageFrame;
import dev.postrider.door.console.Url;
import dev.postrider.door.console.Visit;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTML of a message for its frame, with its own pictures put into it. */
record ShowHtml(Visit visit, ReadEmail read) {
    private static final Pattern CID = Pattern.compile("(?i)cid:([^\"'\\s>)]{1,300})");
    private static final Set<String> PICTURES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    /** Octets of pictures in a message; further ones aren't shown, but are among its files. */
    private static final int MOST = 4 * 1024 * 1024;

    Response response(boolean showsOutside) {
        var html = visit.api().read(read.path("")).path("html").asText("");
        return MessageFrame.of(withPictures(html), showsOutside);
    }

    private String withPictures(String html) {
        if (!CID.matcher(html).find()) {
            return html;
        }
        var files = new HashMap<String, JsonNode>();
        visit.api()
                .read(read.path("/attachments"))
                .path("data")
                .forEach(file -> files.put(file.path("content_id").asText(""), file));
        var left = new int[] {MOST};
        var known = new HashMap<String, String>();
        return CID.matcher(html)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                known.computeIfAbsent(
                                        found.group(1),
                                        cid -> picture(cid, files, left, found.group()))));
    }

    private String picture(String cid, Map<String, JsonNode> files, int[] left, String otherwise) {
        var file = files.get(decoded(cid));
        if (file == null
                || !PICTURES.contains(file.path("content_type").asText())
                || file.path("size").asLong() > left[0]) {
            return otherwise;
        }
        left[0] -= file.path("size").asInt();
        var id = Url.encode(file.path("id").asText());
        var octets = visit.api().beginning(read.path("/attachments/" + id + "/content"), MOST);
        return "data:"
                + file.path("content_type").asText()
                + ";base64,"
                + Base64.getEncoder().encodeToString(octets);
    }

    private static String decoded(String cid) {
        try {
            return URLDecoder.decode(cid.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return cid;
        }
    }
}
