package dev.postrider.mime.compose;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;

/** The media types of the files that people send, by their names' extensions. */
final class MediaTypeByName {
    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
    private static final String OPEN_DOCUMENT = "application/vnd.oasis.opendocument.";

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    entry("avif", "image/avif"),
                    entry("bmp", "image/bmp"),
                    entry("csv", "text/csv"),
                    entry("doc", "application/msword"),
                    entry("docx", OFFICE + "wordprocessingml.document"),
                    entry("eml", "message/rfc822"),
                    entry("gif", "image/gif"),
                    entry("gz", "application/gzip"),
                    entry("heic", "image/heic"),
                    entry("htm", "text/html"),
                    entry("html", "text/html"),
                    entry("ics", "text/calendar"),
                    entry("jpeg", "image/jpeg"),
                    entry("jpg", "image/jpeg"),
                    entry("json", "application/json"),
                    entry("m4a", "audio/mp4"),
                    entry("md", "text/markdown"),
                    entry("mov", "video/quicktime"),
                    entry("mp3", "audio/mpeg"),
                    entry("mp4", "video/mp4"),
                    entry("odp", OPEN_DOCUMENT + "presentation"),
                    entry("ods", OPEN_DOCUMENT + "spreadsheet"),
                    entry("odt", OPEN_DOCUMENT + "text"),
                    entry("ogg", "audio/ogg"),
                    entry("pdf", "application/pdf"),
                    entry("png", "image/png"),
                    entry("ppt", "application/vnd.ms-powerpoint"),
                    entry("pptx", OFFICE + "presentationml.presentation"),
                    entry("rtf", "application/rtf"),
                    entry("svg", "image/svg+xml"),
                    entry("tif", "image/tiff"),
                    entry("tiff", "image/tiff"),
                    entry("txt", "text/plain"),
                    entry("vcf", "text/vcard"),
                    entry("wav", "audio/wav"),
                    entry("webm", "video/webm"),
                    entry("webp", "image/webp"),
                    entry("xls", "application/vnd.ms-excel"),
                    entry("xlsx", OFFICE + "spreadsheetml.sheet"),
                    entry("xml", "application/xml"),
                    entry("zip", "application/zip"));

    private MediaTypeByName() {}

    /** The type of a file with this name; {@code application/octet-stream} if it says nothing. */
    static String of(String filename) {
        String extension = filename.substring(filename.lastIndexOf('.') + 1);
        return TYPES.getOrDefault(extension.toLowerCase(Locale.ROOT), MediaType.OCTETS.name());
    }
}
