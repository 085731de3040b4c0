import { refusal } from "./events.js";
import { showModel } from "./model.js";

const EXAMPLES = {
  contact: "Call Kai Keller at +41 35 15215.",
  event: "Join us for the wine tasting in Ghent on 2028-11-20!",
  order: "Order from Nina Allen: 81 projector and 76 watch",
};

const form = document.getElementById("form");
const kind = document.getElementById("kind");
const text = document.getElementById("text");
const send = document.getElementById("send");
const status = document.getElementById("status");
const result = document.getElementById("result");

kind.addEventListener("change", showExample);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  send.disabled = true;
  status.className = "";
  status.textContent = "Reading…";
  result.replaceChildren();
  try {
    const response = await fetch(`api/extract/${kind.value}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text: text.value }),
    });
    if (!response.ok) {
      throw new Error(await refusal(response));
    }
    result.append(list(await response.json()));
    status.textContent = "Done.";
  } catch (error) {
    status.className = "failed";
    status.textContent = error.message;
  } finally {
    send.disabled = false;
  }
});

function list(value) {
  const dl = document.createElement("dl");
  for (const [name, part] of Object.entries(value)) {
    const term = document.createElement("dt");
    term.textContent = name;
    const description = document.createElement("dd");
    if (part !== null && typeof part === "object") {
      description.append(list(part));
    } else {
      description.textContent = String(part);
    }
    dl.append(term, description);
  }
  return dl;
}

function showExample() {
  text.value = EXAMPLES[kind.value];
}

showExample();
showModel(document.getElementById("model"));
