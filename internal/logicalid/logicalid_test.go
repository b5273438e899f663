package logicalid_test

import (
	"testing"

	"github.com/go-sparta/sparta/internal/logicalid"
)

func TestParts(t *testing.T) {
	for text, want := range map[string]struct{ words, letters string }{
		"":               {"", ""},
		"hello_world":    {"HelloWorld", "helloworld"},
		"__a__B1":        {"AB1", "aB1"},
		"cognito-idp":    {"CognitoIdp", "cognitoidp"},
		"über/größe":     {"BerGrE", "bergre"},
		"already":        {"Already", "already"},
		"{id}.json (x2)": {"IdJsonX2", "idjsonx2"},
	} {
		if words, letters := logicalid.Words(text), logicalid.Letters(text); words != want.words ||
			letters != want.letters {
			t.Errorf("%q: words %s, letters %s, want %s and %s", text, words, letters, want.words, want.letters)
		}
	}
	if got := logicalid.Capitalized(""); got != "" {
		t.Errorf("no text became %q", got)
	}
	if got, want := logicalid.Sum([]byte("abc")), "ba7816bf"; got != want {
		t.Errorf("sum %s, want %s", got, want)
	}
}
