package template

import (
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func TestLogGroup(t *testing.T) {
	tests := map[string]struct {
		config *sparta.LambdaFunctionLoggingConfig
		want   string
	}{
		"its own":                     {nil, "/aws/lambda/Shop-f"},
		"its own, in JSON":            {&sparta.LambdaFunctionLoggingConfig{LogFormat: "JSON"}, "/aws/lambda/Shop-f"},
		"another's":                   {&sparta.LambdaFunctionLoggingConfig{LogGroup: "/shop/all"}, "/shop/all"},
		"one that CloudFormation has": {&sparta.LambdaFunctionLoggingConfig{LogGroup: cloudformation.Ref("Logs")}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			info := testFunction("f", ownRole(),
				func(o *sparta.LambdaFunctionOptions) { o.LoggingConfig = test.config })
			if got := LogGroup("Shop", info); got != test.want {
				t.Errorf("log group is %q, want %q", got, test.want)
			}
		})
	}
}
