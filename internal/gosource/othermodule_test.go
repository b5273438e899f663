package gosource

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

// The go command says only that the module does not contain the package.
func TestAPackageOfAnotherModule(t *testing.T) {
	dir := testfiles.Unpack(t, `
-- go.mod --
module example.com/shop

go 1.24
-- main.go --
package main

func main() {}
-- broken/main.go --
package main

import _ "example.com/missing"

func main() {}
-- orders/go.mod --
module example.com/orders

go 1.24
-- orders/main.go --
package main

import _ "example.com/missing"

func main() {}
-- orders/cmd/x/main.go --
package main

func main() {}
`)
	for pattern, want := range map[string]string{
		"./orders": `: build it there, or in a target of your own with spartamage.BuildOptions{Dir: "orders"}`,
		"orders":   `: build it there, or in a target of your own with spartamage.BuildOptions{Dir: "orders"}`,
		"./orders/cmd/x": ": build it there with SPARTA_PACKAGE=./cmd/x, or in a target of your own with " +
			`spartamage.BuildOptions{Dir: "orders", Package: "./cmd/x"}`,
		"./orders/main.go": ": build it there with SPARTA_PACKAGE=./main.go, or in a target of your own with " +
			`spartamage.BuildOptions{Dir: "orders", Package: "./main.go"}`,
	} {
		_, err := listed(t, dir, pattern)
		want = pattern + " belongs to another module, that of " + filepath.Join(dir, "orders", "go.mod") + want
		if err == nil || err.Error() != want {
			t.Errorf("%s: error %v\nwant %s", pattern, err, want)
		}
	}
	for _, pattern := range []string{"./broken", "./nowhere", "example.com/orders"} {
		if _, err := listed(t, dir, pattern); err == nil || strings.Contains(err.Error(), "another module") {
			t.Errorf("%s: error %v", pattern, err)
		}
	}
	if _, err := listed(t, filepath.Join(dir, "orders", "cmd"), "../../broken"); err == nil ||
		!strings.Contains(err.Error(), `Dir: "../.."`) {
		t.Errorf("the module above: error %v", err)
	}
}
