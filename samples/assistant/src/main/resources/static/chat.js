import { events, refusal } from "./events.js";
import { showModel } from "./model.js";
import { Answer, questionArticle } from "./answer.js";

const log = document.getElementById("log");
const form = document.getElementById("form");
const question = document.getElementById("question");
const send = document.getElementById("send");
const stop = document.getElementById("stop");
const speed = document.getElementById("speed");
const status = document.getElementById("status");

const conversation = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
let running = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(question.value.trim());
});

question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    stopAnswer();
  }
});

stop.addEventListener("click", stopAnswer);

for (const hint of document.querySelectorAll(".hint")) {
  hint.addEventListener("click", () => ask(hint.textContent));
}

async function ask(text) {
  if (!text || running) {
    return;
  }
  document.getElementById("hints")?.remove();
  log.append(questionArticle(text));
  question.value = "";
  const answer = new Answer(log);
  running = new AbortController();
  show(true);
  status.textContent = "The assistant is answering.";
  try {
    const response = await fetch("api/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify({ conversation, text, effort: form.elements.effort.value }),
      signal: running.signal,
    });
    if (!response.ok) {
      answer.fail(await refusal(response));
      return;
    }
    for await (const { name, data } of events(response)) {
      answer.take(name, data);
      speed.textContent = answer.speed();
      follow();
    }
  } catch (error) {
    if (error.name !== "AbortError") {
      answer.fail(error.message);
    }
  } finally {
    answer.end(running.signal.aborted);
    speed.textContent = answer.speed();
    running = null;
    show(false);
    status.textContent = answer.spoken();
    follow();
    question.focus();
  }
}

function stopAnswer() {
  if (running) {
    fetch(`api/chat/${conversation}`, { method: "DELETE" });
    running.abort();
  }
}

function show(isRunning) {
  stop.hidden = !isRunning;
  send.disabled = isRunning;
}

function follow() {
  log.scrollTop = log.scrollHeight;
}

showModel(document.getElementById("model"));
