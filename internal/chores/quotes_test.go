package chores

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// quotation is a file that a document quotes: its path in a comment, then its text.
var quotation = regexp.MustCompile("(?s)<!-- (examples/[a-z0-9/._-]+) -->\n```[a-z]+\n(.*?)```\n")

// Programs in documents are those of examples, which are compiled and tested.
func TestDocumentsQuoteExamplesAsTheyAre(t *testing.T) {
	const root = "../.."
	quoted := quotation.FindAllStringSubmatch(readAll(t, root, "*.md"), -1)
	for _, quote := range quoted {
		text, err := os.ReadFile(filepath.Join(root, quote[1]))
		if err != nil {
			t.Error(err)
		} else if string(text) != quote[2] {
			t.Errorf("a document does not quote %s as it is: copy it again", quote[1])
		}
	}
	if len(quoted) == 0 {
		t.Error("no document quotes an example: the pattern does not fit the documents")
	}
}
