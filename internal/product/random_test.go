package product

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testrequire"
)

// Lambda may fork its Python workers before they import the package. Each
// must have different random numbers.
func TestForkedWorkersDrawDifferentNumbers(t *testing.T) {
	testrequire.Need(t, "gcc", "python")
	p := newProject(t, "random")
	p.build(t, "SPARTA_BUILDER=host")
	const workers = `
import os
for _ in range(4):
    r, w = os.pipe()
    if os.fork() == 0:
        import index
        os.write(w, str(index.draw({}, None)).encode())
        os._exit(0)
    os.wait()
    print(os.read(r, 100).decode())
`
	cmd := exec.Command("python3", "-B", "-c", workers)
	cmd.Dir = p.stage()
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	drawn := strings.Fields(string(out))
	seen := map[string]bool{}
	for _, number := range drawn {
		seen[number] = true
	}
	if len(drawn) != 4 || len(seen) != 4 {
		t.Errorf("four workers drew %q", drawn)
	}
}
