// Requests for a folder result in its index document.
var index = INDEX;
var files = FILES;
var singlePage = SINGLE;

// A path is percent-encoded as the client sent it.
function decoded(uri) {
  try {
    return decodeURIComponent(uri);
  } catch (e) {
    return uri;
  }
}

function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (uri.endsWith('/')) {
    request.uri = uri + index;
    return request;
  }
  var path = decoded(uri);
  if (singlePage || path.startsWith('/.well-known/') || files.includes(path) || path.split('/').pop().includes('.')) {
    return request;
  }
  var query = Object.keys(request.querystring).map(function (name) {
    var values = request.querystring[name].multiValue || [request.querystring[name]];
    return values.map(function (one) { return one.value === '' ? name : name + '=' + one.value; }).join('&');
  }).join('&');
  return {
    statusCode: 302,
    statusDescription: 'Found',
    // More than one slash at the beginning would lead to another host.
    headers: {location: {value: uri.replace(/^[\/\\]+/, '/') + '/' + (query ? '?' + query : '')}}
  };
}
