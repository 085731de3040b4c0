/** Reads server-sent events from the answer to a POST, which EventSource cannot send. */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    buffer += value;
    let end;
    while ((end = buffer.indexOf("\n\n")) >= 0) {
      yield parse(buffer.slice(0, end));
      buffer = buffer.slice(end + 2);
    }
  }
}

function parse(block) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) {
      name = line.slice(6).trim();
    } else if (line.startsWith("data:")) {
      data.push(line.slice(5));
    }
  }
  return { name, data: data.length ? JSON.parse(data.join("\n")) : null };
}

/** What a refusal says, in words. */
export async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  return problem.detail || problem.message || `The server answered ${response.status}.`;
}
