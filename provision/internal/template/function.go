package template

import (
	"regexp"
	"strconv"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/sparta"
)

// function is a function that is described in a template.
type function struct {
	info      *sparta.LambdaAWSInfo
	options   sparta.LambdaFunctionOptions
	pkg       Package
	stack     string // its name
	region    string // empty if it is not known
	id        string // what the logical IDs of all its resources begin with
	versionID string // logical ID of the version to publish; empty means none

	discovery any // value of the variable for sparta.Discover; nil means none

	referredSum string   // of what the settings of that version refer to; empty if that is nothing
	secrets     []string // parameters among that which CloudFormation never shows
}

// newFunction makes a function whose package and stack are not known.
func newFunction(info *sparta.LambdaAWSInfo) function {
	f := function{info: info, id: logicalid.Words(info.Name())}
	if info.Options != nil {
		f.options = *info.Options
	}
	return f
}

// name is the function's name in AWS, as an expression that holds for any stack.
func (f function) name() cloudformation.Sub {
	return cloudformation.Sub(FunctionName("${AWS::StackName}", f.info.Name()))
}

func (f function) ref() cloudformation.Ref { return cloudformation.Ref(f.id + "Function") }

var pythonPattern = regexp.MustCompile(`^python3\.([0-9]+)$`)

// olderThan reports whether the function's Python is known to be older than this version of Python 3.
func (f function) olderThan(minor int) bool {
	python := pythonPattern.FindStringSubmatch(f.pkg.Python)
	if python == nil {
		return false
	}
	own, err := strconv.Atoi(python[1])
	return err != nil || own < minor
}
