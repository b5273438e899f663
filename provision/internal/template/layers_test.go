package template

import (
	"regexp"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// layeredPackage is a package with a layer of Python packages, whose content has a hash of this digit.
func layeredPackage(digit string) Package {
	pkg := testPackage
	pkg.Layer = "Hello/" + strings.Repeat(digit, 64) + ".zip"
	return pkg
}

// A version keeps the layer of its time, so other Python packages need a new version.
func TestVersionsDependOnTheLayerOfPackages(t *testing.T) {
	versions := map[string]bool{}
	for _, digit := range []string{"1", "1", "2"} {
		body := templateCase{pkg: layeredPackage(digit), service: testService(
			testFunction("hello", ownRole(), func(o *sparta.LambdaFunctionOptions) { o.Alias = "live" }),
		)}.render(t)
		for _, id := range regexp.MustCompile(`"HelloVersion[0-9a-f]{12}"`).FindAllString(string(body), -1) {
			versions[id] = true
		}
	}
	if len(versions) != 2 {
		t.Errorf("versions are %v, want one for each content of the layer", versions)
	}
}

func TestFunctionsWithoutRoomForTheLayerOfPackages(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*sparta.LambdaFunctionOptions)
		want   string
	}{
		"at edge locations": {
			func(o *sparta.LambdaFunctionOptions) { o.Edge = true },
			"function hello: Lambda@Edge does not allow layers: clear SPARTA_REQUIREMENTS_LAYER",
		},
		"with five layers": {
			func(o *sparta.LambdaFunctionOptions) {
				for _, name := range []string{"a", "b", "c", "d", "e"} {
					o.Layers = append(o.Layers, "arn:aws:lambda:us-east-1:123456789012:layer:"+name+":1")
				}
			},
			"function hello: the function has 5 layers",
		},
	} {
		t.Run(name, func(t *testing.T) {
			service := testService(testFunction("hello", ownRole(), test.change))
			err := AddTo(cloudformation.NewTemplate(""), service, layeredPackage("1"), testCode)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}
