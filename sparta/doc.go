// Package sparta describes a service: its functions, their roles and settings.
//
// A service is plain data. An application lists its functions and passes them to Main or MainEx of
// github.com/go-sparta/sparta/cgo. That is a command line when the application runs on a developer's machine,
// and the functions' dispatch table when it runs in Lambda:
//
//	func main() {
//		hello, err := sparta.NewAWSLambda("HelloWorld", HelloWorld, sparta.IAMRoleDefinition{})
//		if err != nil {
//			log.Fatal(err)
//		}
//		cgo.Main("Hello", "Says hello", []*sparta.LambdaAWSInfo{hello}, nil, nil)
//	}
//
// A handler is any function that aws-lambda-go accepts, an [http.Handler], or
// the four-argument [LambdaFunction].
//
// See https://docs.aws.amazon.com/lambda/latest/dg/golang-handler.html for
// aws-lambda-go's handlers.
package sparta
