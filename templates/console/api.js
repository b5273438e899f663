// call sends a request to the console's API and returns its answer. The message of an error is for people.
export async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(`/console/api/${path}`, options);
  } catch {
    throw new Error('explore does not answer: is it still running?');
  }
  const isJSON = response.headers.get('Content-Type')?.startsWith('application/json');
  const answer = isJSON ? await response.json() : { error: (await response.text()).trim() };
  if (!response.ok) {
    const error = new Error(answer.error || `the console's API answers ${response.status}`);
    error.status = response.status;
    throw error;
  }
  return answer;
}

export const part = encodeURIComponent;
