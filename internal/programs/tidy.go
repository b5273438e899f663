//go:build sparta_programs

package programs

// No build sets this tag. The go command looks at every tag when it tidies and vendors a module, and so has at
// hand what the targets compile: cgo:invoke works without the network.
import _ "github.com/go-sparta/sparta/cmd/sparta"
