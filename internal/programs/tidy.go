//go:build sparta_programs

package programs

// No build sets this tag. The go command considers all tags when it tidies and vendors a module, so it includes
// the packages that targets compile, and cgo:invoke works without a network.
import _ "github.com/go-sparta/sparta/cmd/spartarun"
