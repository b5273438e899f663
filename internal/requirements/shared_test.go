package requirements

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

func TestSharedFilesInAFolderWithBrackets(t *testing.T) {
	root := testfiles.Unpack(t, "-- [1]/a-1.dist-info/RECORD --\nx.py,sha256=1,1\n"+
		"-- [1]/b-1.dist-info/RECORD --\nx.py,sha256=2,1\n-- [1]/x.py --\n")
	if got := shared(filepath.Join(root, "[1]")); !strings.Contains(got, "a-1 and b-1 both have a file x.py") {
		t.Errorf("got %q", got)
	}
}
