package dev.postrider.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The one real browser of all tests, Debian's, without what draws windows: a fifth less work. For
 * one test at a time.
 */
public final class Chromium {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

    /** Where pictures of pages go, for people to look at. */
    private static final Path PICTURES = Path.of("target", "pictures");

    /** Set where somebody looks at them. */
    private static final boolean TAKES_PICTURES = System.getenv("POSTRIDER_TEST_PICTURES") != null;

    /** Looks for what keeps people from using a page: WCAG 2.2, levels A and AA. */
    private static final String AXE = axe();

    private static final Chromium ONE = new Chromium();

    private final ChromeDriver driver;

    private Chromium() {
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium-headless-shell");
        options.addArguments(
                "--no-sandbox", // tests run as root
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--lang=en",
                // names that tests make up lead to nothing
                "--host-resolver-rules=MAP *.example.com ~NOTFOUND");
        options.setAcceptInsecureCerts(true);
        options.setCapability("goog:loggingPrefs", logs);
        System.setProperty("webdriver.chrome.driver", "/usr/bin/chromedriver");
        driver = new ChromeDriver(options);
        Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
    }

    /** As one that was just installed: without cookies, with nothing in its log. */
    public static Chromium fresh() {
        ONE.driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        ONE.driver.get("about:blank");
        ONE.driver.manage().logs().get(LogType.BROWSER);
        ONE.speak("en");
        ONE.look(1280, false);
        return ONE;
    }

    public void forgetCookies() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    /** What it asks pages to be in. */
    public void speak(String language) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.setExtraHTTPHeaders",
                Map.of("headers", Map.of("Accept-Language", language)));
    }

    /**
     * @param width in CSS pixels; below 600 it is a phone
     */
    public void look(int width, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        width < 600 ? 844 : 900,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        dark ? "dark" : "light"),
                                // a colour on its way to another is too faint for axe
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    public void open(String url) {
        driver.get(url);
    }

    public String url() {
        return String.valueOf(driver.getCurrentUrl());
    }

    public String title() {
        return String.valueOf(driver.getTitle());
    }

    /** What people read; in one step, so that it is of one page even while another loads. */
    public String text() {
        return String.valueOf(
                driver.executeScript("return document.body ? document.body.innerText : ''"));
    }

    public WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** Clicks at a button or link that says so. */
    public void click(String words) {
        driver.findElement(
                        By.xpath(
                                "//*[self::button or self::a or self::summary or self::label]"
                                        + "[contains(normalize-space(.), \""
                                        + words
                                        + "\")]"))
                .click();
    }

    public void waitForTitle(String title) {
        waitFor(() -> title().equals(title), "the title " + title);
    }

    /** Fills in a field for a date or a time, which takes keys in another order in each country. */
    public void set(String css, String value) {
        driver.executeScript("arguments[0].value = arguments[1]", find(css), value);
    }

    public void waitForUrl(String beginning) {
        waitFor(() -> url().startsWith(beginning), "the URL " + beginning);
    }

    public void waitForText(String words) {
        waitFor(() -> text().contains(words), "the words " + words);
    }

    /** Waits for something to be there, be it hidden. */
    public void waitForElement(String css) {
        waitFor(() -> !driver.findElements(By.cssSelector(css)).isEmpty(), "an element " + css);
    }

    /** Clicks at a link inside a frame, and looks at the page around it again. */
    public void clickInFrame(String frame, String words) {
        driver.switchTo().frame(find(frame));
        try {
            click(words);
        } finally {
            driver.switchTo().defaultContent();
        }
    }

    /** Looks at the tab that was just opened, closes it, and goes back to the page that did. */
    public void inNewTab(Runnable look) {
        var page = driver.getWindowHandle();
        waitFor(() -> driver.getWindowHandles().size() == 2, "a new tab");
        var tab = driver.getWindowHandles().stream().filter(each -> !each.equals(page)).findFirst();
        driver.switchTo().window(tab.orElseThrow());
        try {
            look.run();
        } finally {
            driver.close();
            driver.switchTo().window(page);
        }
    }

    /** What stands behind a link, as this browser gets it. */
    public String fetched(String css) {
        return String.valueOf(
                driver.executeAsyncScript(
                        """
                        const done = arguments[arguments.length - 1];
                        fetch(document.querySelector(arguments[0]).href)
                            .then(answer => answer.text().then(text => done(answer.status + ' ' + text)));
                        """,
                        css));
    }

    /** What the page says of itself. */
    public String evaluated(String expression) {
        return String.valueOf(driver.executeScript("return " + expression));
    }

    /** Where the forms of the page lead, without those for a search. */
    public List<String> forms() {
        var found =
                driver.executeScript(
                        """
                        return [...document.querySelectorAll('form')].filter(form => form.method === 'post')
                            .map(form => new URL(form.action).pathname)
                        """);
        return found instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Runs a script in the page, as if its developer did. */
    public void run(String script) {
        driver.executeScript(script);
    }

    private void waitFor(java.util.function.BooleanSupplier condition, String what) {
        new WebDriverWait(driver, PATIENCE, BETWEEN_LOOKS)
                .withMessage(() -> what + ", at " + url() + ": " + text())
                // a page on its way to the next
                .ignoring(StaleElementReferenceException.class)
                .until(_ -> condition.getAsBoolean());
    }

    /**
     * What its console says of pages below a URL: errors, and what a policy has blocked. Not that
     * {@link #AXE} asks each frame for its answer, also one that is sandboxed and has no origin.
     */
    public List<String> complaints(String below) {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .filter(line -> line.contains(below))
                .filter(line ->
                        !(line.contains("Failed to execute 'postMessage'")
                                && line.contains("recipient window's origin ('null')")))
                .toList();
    }

    /** What keeps people from using the page that is open. */
    public List<String> barriers() {
        return barriers(Map.of());
    }

    /** What of its colours does: all that another colour scheme changes. */
    public List<String> barriersOfColour() {
        return barriers(Map.of("runOnly", List.of("color-contrast", "link-in-text-block")));
    }

    private List<String> barriers(Map<String, ?> options) {
        if (!Boolean.TRUE.equals(driver.executeScript("return 'axe' in window"))) {
            driver.executeScript(AXE);
        }
        var found =
                driver.executeAsyncScript(
                        """
                        const done = arguments[arguments.length - 1];
                        axe.run(document, {...arguments[0], resultTypes: ['violations']}).then(
                            result => done(result.violations.map(each =>
                                each.id + ': ' + each.nodes.map(node => node.html + ' '
                                    + node.any.map(check => check.message).join(' ')).join(' | '))));
                        """,
                        options);
        return found instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of("axe said nothing");
    }

    /** Whether the page is wider than its window. */
    public boolean overflows() {
        return Boolean.TRUE.equals(
                driver.executeScript(
                        "return document.documentElement.scrollWidth > window.innerWidth"));
    }

    /** Which element has the keyboard. */
    public String focused() {
        return String.valueOf(
                driver.executeScript(
                        "return document.activeElement.tagName + ' ' + document.activeElement.innerText"));
    }

    public void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    public void takePicture(String name) {
        if (!TAKES_PICTURES) {
            return;
        }
        try {
            Files.createDirectories(PICTURES);
            var size = driver.executeScript("return document.documentElement.scrollHeight");
            var width = driver.executeScript("return window.innerWidth");
            driver.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of(
                            "width",
                            width == null ? 1280 : width,
                            "height",
                            size == null ? 900 : size,
                            "deviceScaleFactor",
                            1,
                            "mobile",
                            false));
            Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String axe() {
        try (var file = Chromium.class.getResourceAsStream("/axe.min.js")) {
            if (file == null) {
                throw new IllegalStateException("/axe.min.js is missing");
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
