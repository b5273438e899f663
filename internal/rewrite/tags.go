package rewrite

import "github.com/go-sparta/sparta/internal/gosource"

// NoRPCTag leaves out aws-lambda-go's service for the go1.x runtime: a quarter of the library.
const NoRPCTag = "lambda.norpc"

// Further build tags that leave out of the library what it does not use.
const (
	noSessionTag  = "sparta_nosession"  // the AWS SDK behind cgo.NewSession: 7 MB, and 3 ms of every start
	noConfigTag   = "sparta_noconfig"   // the AWS SDK v2 behind cgo.Config
	noCommandsTag = "sparta_nocommands" // package cobra behind sparta.CommandLineOptions and ParseOptions
)

// Tags returns the build tags of the library, without the user's.
func (t *Transformation) Tags(app *gosource.Application) []string {
	tags := append([]string{NoRPCTag}, t.Bridge.Tags...)
	if !t.Session {
		tags = append(tags, noSessionTag)
	}
	if !t.Config {
		tags = append(tags, noConfigTag)
	}
	// The library records its tags: a plain application's must not change with what package sparta offers.
	if !t.Command && app.Find(gosource.SpartaPath) != nil {
		tags = append(tags, noCommandsTag)
	}
	return tags
}
