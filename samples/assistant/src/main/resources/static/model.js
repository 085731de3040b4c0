/** Shows which model answers, and how far it is while it is being loaded. */
export async function showModel(element) {
  const health = await fetch("actuator/health")
    .then((response) => response.json())
    .catch(() => ({}));
  const model = health.components?.gptOss?.details ?? {};
  if (model.state === "loading") {
    element.textContent = `Loading ${model.model}: ${model.percent ?? 0} %`;
    setTimeout(() => showModel(element), 500);
  } else {
    element.textContent = model.model ? `${model.model} · ${model.backend ?? model.state}` : "";
  }
}
