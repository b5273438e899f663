// The deployment writes MANIFEST.json: the outputs of the API, and userdata.
const manifest = await (await fetch('/MANIFEST.json')).json();
document.title = manifest.userdata.title;

const result = document.getElementById('result');
document.getElementById('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const name = new FormData(event.target).get('name');
  result.textContent = '…';
  try {
    const answer = await fetch(`${manifest.APIGatewayURL.Value}/greetings/${encodeURIComponent(name)}`);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    result.textContent = (await answer.json()).text;
  } catch (error) {
    result.textContent = `The greeting has failed: ${error.message}`;
  }
});
