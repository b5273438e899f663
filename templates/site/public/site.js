// The deployment writes MANIFEST.json, which has the URL of the API.
const manifest = await (await fetch('/MANIFEST.json')).json();

const result = document.getElementById('result');
document.getElementById('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const name = new FormData(event.target).get('name');
  try {
    const answer = await fetch(`${manifest.APIGatewayURL.Value}/hello/${encodeURIComponent(name)}`);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    result.textContent = (await answer.json()).text;
  } catch (error) {
    result.textContent = `No answer: ${error.message}`;
  }
});
