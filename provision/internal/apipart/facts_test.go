package apipart

import "testing"

func TestWordsOfSettings(t *testing.T) {
	for name, want := range map[string]string{
		"corsEnabled":       "CORS enabled",
		"cacheTtlInSeconds": "cache TTL in seconds",
		"apiKeyRequired":    "API key required",
		"description":       "description",
		"X-Tea":             "X-Tea",
	} {
		if got := words(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
