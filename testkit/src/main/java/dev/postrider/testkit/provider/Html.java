package dev.postrider.testkit.provider;

/** Pages without script. */
public final class Html {
    private Html() {}

    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    public static String page(String title, String body) {
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>%s</title>
        <style>
        :root { color-scheme: light dark }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
        fieldset { margin: 1rem 0; border: 1px solid #888 }
        label { display: block }
        td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top }
        form.line { display: inline }
        form.line label { display: inline }
        pre { overflow: auto; background: #8882; padding: .5rem }
        </style>
        </head>
        <body>
        <h1>%s</h1>
        %s
        </body>
        </html>
        """
                .formatted(escape(title), escape(title), body);
    }
}
