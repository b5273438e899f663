//go:build lambdabinary

package cgo

import (
	"github.com/go-sparta/sparta/cgo/bridge"
	"github.com/go-sparta/sparta/cgo/bridge/typed"
	"github.com/go-sparta/sparta/sparta"
)

// Main serves the functions to Python. It returns only if the service is invalid. Python then receives the same error.
// An API and a site are not used at run time.
func Main(
	serviceName, serviceDescription string,
	lambdaAWSInfos []*sparta.LambdaAWSInfo,
	api *sparta.API,
	site *sparta.S3Site,
) error {
	return MainEx(serviceName, serviceDescription, lambdaAWSInfos, api, site, nil)
}

// MainEx is Main for services with workflow hooks, which take no part at run time.
func MainEx(
	serviceName, serviceDescription string,
	lambdaAWSInfos []*sparta.LambdaAWSInfo,
	_ *sparta.API,
	_ *sparta.S3Site,
	_ *sparta.WorkflowHooks,
) error {
	sparta.OptionsGlobal.ServiceName, sparta.OptionsGlobal.ServiceDescription = serviceName, serviceDescription
	if err := sparta.Validate(serviceName, lambdaAWSInfos); err != nil {
		bridge.Fail(err)
		return err
	}
	lambdaAWSInfos = sparta.WithCustomResources(lambdaAWSInfos)
	sparta.ForDiscovery(serviceName, lambdaAWSInfos)
	functions := make([]bridge.Function, 0, len(lambdaAWSInfos))
	for _, info := range lambdaAWSInfos {
		functions = append(functions, bridge.Function{
			Name:    info.Name(),
			Handler: typed.Of(info.Function(), info.Handler()),
			Prepare: sparta.InvocationContext,
		})
	}
	bridge.Serve(functions...)
	return nil
}
