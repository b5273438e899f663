package gateway

import "net/http"

// constants returns the headers whose values are strings. Intrinsics are left out: only CloudFormation knows their
// values.
func constants(headers map[string]any) map[string]string {
	texts := map[string]string{}
	for name, value := range headers {
		if text, ok := value.(string); ok {
			texts[name] = text
		}
	}
	return texts
}

func setAll(header http.Header, values map[string]string) {
	for name, value := range values {
		header.Set(name, value)
	}
}
