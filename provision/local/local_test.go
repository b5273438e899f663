package local

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func TestASiteIsServedWithTheAddressOfTheAPI(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte("the site"), 0o600); err != nil {
		t.Fatal(err)
	}
	api := sparta.NewHTTPAPI("shop", sparta.NewStage("v1"))
	handler, err := Site(&sparta.S3Site{Dir: dir}, api, map[string]string{sparta.OutputAPIGatewayURL: "http://x/v1"})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"/": "the site", "/MANIFEST.json": "http://x/v1"} {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest("GET", path, nil))
		if !strings.Contains(answer.Body.String(), want) {
			t.Errorf("%s is answered with %s, want %s", path, answer.Body, want)
		}
	}
	if _, err := Site(&sparta.S3Site{Dir: filepath.Join(dir, "missing")}, nil, nil); err == nil {
		t.Error("a folder that does not exist is served")
	}
}

func TestThePictureHasLinks(t *testing.T) {
	function := sparta.HandleAWSLambda("take", func() error { return nil }, "role")
	function.EventSourceMappings = append(function.EventSourceMappings,
		&sparta.EventSourceMapping{EventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:orders"})
	function.Options.FunctionURL = &sparta.LambdaFunctionURL{AuthType: "NONE"}
	functions := []*sparta.LambdaAWSInfo{function}
	description, err := sparta.NewServiceDescription("Shop", "", functions, nil)
	if err != nil {
		t.Fatal(err)
	}
	description.API = sparta.NewHTTPAPI("shop", sparta.NewStage("v1"))
	description.API.NewRoute("POST /orders", function)
	description.Site = &sparta.S3Site{Dir: "public"}
	picture, err := Picture(description, functions, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<a href="#function-take" data-function="take">`, `data-function="take" data-sample="sqs"`,
		`<a href="#api" data-function="take" data-request="POST /orders">`, `data-request="URL"`,
		`<a href="#site" data-site>`,
	} {
		if !strings.Contains(picture, want) {
			t.Errorf("the picture lacks %s:\n%s", want, picture)
		}
	}
}
