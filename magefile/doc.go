// Package spartamage has the functions that the original's magefile package had in Sparta 1.5 to 1.15, for magefiles
// that call them. New magefiles import github.com/go-sparta/sparta/spartamage, whose targets have flags.
//
// As there, S3_BUCKET names the bucket for packages, which is optional here, and NOOP=true keeps AWS unchanged.
package spartamage
