// Package lambdaapi serves the part of Lambda's API with which functions are invoked and listed, so that the AWS CLI
// and SDKs can use functions on this machine as their endpoint.
//
// It serves Invoke, ListFunctions, GetFunction, GetFunctionConfiguration, ListVersionsByFunction and ListAliases.
// Requests may be signed, but signatures are not verified. Where it cannot do as Lambda does:
//
//   - Qualifiers: $LATEST, and the versions and aliases that the service describes, are accepted. All of them run the
//     code that is there, so the executed version is $LATEST.
//   - Event: the request is answered with 202, and the event is sent to the function soon after. While too many
//     invocations run, it waits. If the function fails, it is invoked again as often as Function.Retries says, with
//     pauses of 1 and 2 minutes as on Lambda. What has failed finally is reported and lost: there are no destinations.
//   - A client that disconnects does not end its invocation.
package lambdaapi
