// Package cgo is what an application calls from its main function.
//
// The package has two builds. On a developer's machine Main is the service's
// command line: describe, execute, provision and more. In the C shared library that Lambda's
// Python runtime loads (build tag lambdabinary) Main hands the functions to
// Python and, like lambda.Start, never returns:
//
//	func main() {
//		hello, _ := sparta.Lambda(sparta.IAMRoleDefinition{}, HelloWorld, nil)
//		cgo.Main("Hello", "Says hello", []*sparta.LambdaAWSInfo{hello}, nil, nil)
//	}
//
// NewSession makes an AWS session for handlers in either build, and Config loads a
// configuration of the AWS SDK v2. BeforeSnapshot and AfterRestore register hooks
// around a SnapStart snapshot.
package cgo
