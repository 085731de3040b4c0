package dev.gptoss.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page on the small model, in Chromium, driven by keyboard and mouse. */
class ChatPageIT {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static ApplicationProcess assistant;
    private static WebDriver browser;

    @BeforeAll
    static void start(@TempDir Path profile) throws Exception {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "no browser here: apt-get install chromium chromium-driver");
        assistant = ApplicationProcess.start(ApplicationProcess.VECTOR_FLAGS, ApplicationProcess.assistant());
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1000,900",
                "--user-data-dir=" + profile);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new File(DRIVER.toString()))
                        .build(),
                options);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (browser != null) {
            browser.quit();
        }
        if (assistant != null) {
            assistant.close();
        }
    }

    @BeforeEach
    void open() {
        browser.get(assistant.url());
        // The small model is ready when the page names its backend.
        waitFor(() -> browser.findElement(By.id("model")).getText().contains("·"));
    }

    @Test
    void questionByKeyboardIsAnsweredWithFactsAndSpeed() {
        WebElement question = browser.switchTo().activeElement();
        assertThat(question.getDomAttribute("id")).isEqualTo("question");
        question.sendKeys("Hello!", Keys.ENTER);

        WebElement answer = finishedAnswer();

        assertThat(answer.findElement(By.className("body")).getText()).isNotBlank();
        assertThat(answer.findElement(By.className("facts")).getText()).matches("\\d+ \\+ \\d+ tokens.*");
        assertThat(browser.findElement(By.id("speed")).getText()).endsWith("tokens/s");
        assertThat(browser.findElement(By.id("status")).getDomProperty("textContent"))
                .startsWith("The assistant says:");
        assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("question");
    }

    @Test
    void reasoningIsApartAndFolds() {
        browser.findElement(By.cssSelector("input[value=HIGH]")).click();
        ask("Hello!");

        WebElement thought = finishedAnswer().findElement(By.cssSelector("details.thought"));

        assertThat(thought.getDomAttribute("open")).isNull();
        thought.findElement(By.tagName("summary")).click();
        assertThat(thought.findElement(By.tagName("pre")).getText()).isNotBlank();
    }

    @Test
    void escapeStopsTheAnswer() {
        ask("Hello!");
        browser.switchTo().activeElement().sendKeys(Keys.ESCAPE);

        // Stopped, or already complete: either way the page is ready for the next question.
        assertThat(finishedAnswer().findElement(By.className("facts")).getText())
                .isNotBlank();
        assertThat(browser.findElement(By.id("send")).isEnabled()).isTrue();
        assertThat(browser.findElement(By.id("stop")).isDisplayed()).isFalse();
    }

    @Test
    void recordIsFilledOnItsPage() {
        browser.findElement(By.linkText("Extract")).click();
        waitFor(() ->
                !browser.findElement(By.id("text")).getDomProperty("value").isEmpty());
        browser.findElement(By.id("send")).click();

        waitFor(() -> !browser.findElements(By.cssSelector("#result dl")).isEmpty());

        assertThat(browser.findElements(By.cssSelector("#result dt")).stream().map(WebElement::getText))
                .containsExactly("name", "phone");
    }

    private static void ask(String text) {
        browser.findElement(By.id("question")).sendKeys(text, Keys.ENTER);
    }

    private static WebElement finishedAnswer() {
        waitFor(() -> !browser.findElements(By.cssSelector("article.answer:not(.running)"))
                .isEmpty());
        return browser.findElement(By.cssSelector("article.answer"));
    }

    private static void waitFor(BooleanSupplier condition) {
        new WebDriverWait(browser, Duration.ofMinutes(2)).until(driver -> condition.getAsBoolean());
    }
}
