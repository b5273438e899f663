package apiroutes

import "github.com/go-sparta/sparta/sparta"

// defaultHeaders returns the original's headers.
func defaultHeaders() map[string]any {
	return map[string]any{
		"Access-Control-Allow-Headers": "Content-Type,X-Amz-Date,Authorization,X-Api-Key",
		"Access-Control-Allow-Methods": "*",
		"Access-Control-Allow-Origin":  "*",
	}
}

// CORSHeaders returns the headers of responses to pages of other origins; none if other origins may not call the API.
func CORSHeaders(api *sparta.API) map[string]any {
	switch {
	case api.CORSOptions != nil && len(api.CORSOptions.Headers) > 0:
		return api.CORSOptions.Headers
	case api.CORSEnabled || api.CORSOptions != nil:
		return defaultHeaders()
	}
	return nil
}
