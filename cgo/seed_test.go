//go:build !lambdabinary

//lint:file-ignore S1039 the original has it

package cgo_test

import (
	"encoding/json"
	"fmt"
	"net/http"

	spartaCGO "github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
	"github.com/sirupsen/logrus"
)

// HelloWorld is a standard Sparta AWS λ function
func HelloWorld(event *json.RawMessage,
	context *sparta.LambdaContext,
	w http.ResponseWriter,
	logger *logrus.Logger,
) {
	logger.Debug("Saying hello")
	fmt.Fprintf(w, "Hello %s", *event)
}

// seedMain is the main function of the original's documentation ("After"),
// word for word.
func seedMain() {
	lambdaFn, _ := sparta.Lambda(sparta.IAMRoleDefinition{},
		HelloWorld,
		nil)

	var lambdaFunctions []*sparta.LambdaAWSInfo
	lambdaFunctions = append(lambdaFunctions, lambdaFn)
	// ================================================== //
	spartaCGO.Main("SpartaHelloPythonCGO",
		fmt.Sprintf("Test HelloWorld resource command"),
		lambdaFunctions,
		nil,
		nil)
	// ================================================== //
}
