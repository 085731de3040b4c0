/** The article of a question. */
export function questionArticle(text) {
  const article = element("article", "question");
  article.append(heading("You"), body(text));
  return article;
}

/** One answer as it grows: reasoning and tool calls can be folded away, the text stays. */
export class Answer {
  constructor(log) {
    this.article = element("article", "answer running");
    this.article.append(heading("Assistant"));
    this.article.setAttribute("aria-busy", "true");
    log.append(this.article);
    this.calls = new Map();
    this.pieces = 0;
    this.started = null;
    this.done = null;
  }

  take(name, data) {
    this.started ??= performance.now();
    switch (name) {
      case "reasoning":
        this.pieces++;
        this.thought ??= this.fold("Reasoning", "thought");
        this.thought.append(data.text);
        break;
      case "text":
        this.pieces++;
        this.foldThought();
        this.text ??= this.article.appendChild(body(""));
        this.text.append(data.text);
        break;
      case "tool-call":
        this.foldThought();
        this.call(data);
        this.text = null;
        break;
      case "tool-result":
        this.calls.get(data.id)?.append(`\n→ ${data.result}`);
        this.started = null;
        this.pieces = 0;
        break;
      case "done":
        this.done = data;
        break;
      case "failed":
        this.fail(data.message);
        break;
    }
  }

  fail(message) {
    const paragraph = element("p", "failed");
    paragraph.setAttribute("role", "alert");
    paragraph.textContent = message;
    this.article.append(paragraph);
    this.failed = true;
  }

  end(wasStopped) {
    this.article.classList.remove("running");
    this.article.removeAttribute("aria-busy");
    this.foldThought();
    const facts = element("p", "facts");
    if (wasStopped) {
      facts.textContent = "Stopped.";
    } else if (this.done) {
      const { promptTokens, completionTokens, finishReason } = this.done;
      const ending = finishReason === "STOP" ? "" : ` · ended by ${finishReason.toLowerCase()}`;
      facts.textContent = `${promptTokens} + ${completionTokens} tokens${ending}`;
    }
    this.article.append(facts);
    this.wasStopped = wasStopped;
  }

  /** Tokens a second: measured by the engine at the end, estimated from what arrives before. */
  speed() {
    const measured = this.done?.tokensPerSecond;
    if (measured) {
      return `${measured.toFixed(1)} tokens/s`;
    }
    const seconds = (performance.now() - (this.started ?? performance.now())) / 1000;
    return seconds > 0.2 ? `≈ ${(this.pieces / seconds).toFixed(1)} tokens/s` : "";
  }

  /** What a screen reader says at the end. */
  spoken() {
    if (this.failed) {
      return "";
    }
    const text = this.text?.textContent ?? "";
    return this.wasStopped ? "The answer was stopped." : `The assistant says: ${text}`;
  }

  call({ id, name, arguments: json }) {
    const content = this.fold(`Tool ${name}`, "call");
    content.append(json);
    this.calls.set(id, content);
  }

  fold(title, kind) {
    const details = element("details", kind);
    details.open = true;
    const summary = document.createElement("summary");
    summary.textContent = title;
    const content = document.createElement("pre");
    details.append(summary, content);
    this.article.append(details);
    return content;
  }

  foldThought() {
    if (this.thought) {
      this.thought.parentElement.open = false;
      this.thought = null;
    }
  }
}

function heading(text) {
  const h2 = document.createElement("h2");
  h2.textContent = text;
  return h2;
}

function body(text) {
  const div = element("div", "body");
  div.textContent = text;
  return div;
}

function element(tag, className) {
  const created = document.createElement(tag);
  created.className = className;
  return created;
}
