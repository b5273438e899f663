package testaws

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
)

// Kind is what goes wrong with a call.
type Kind string

// What a Proxy can do to a call. Only Cut lets the call through to the server first: its effect is
// there, and the caller does not know.
const (
	Throttle     Kind = "throttled"        // as the service says that it is called too often
	ServerError  Kind = "server error"     // 500
	AccessDenied Kind = "access denied"    // 403, naming the principal and the action
	Invalid      Kind = "invalid"          // 400, with the fault's message
	Reset        Kind = "connection reset" // before anything is done
	Cut          Kind = "response cut"     // half of the response, then the end of the connection
	Hang         Kind = "hang"             // no response, for as long as the caller waits
	Page         Kind = "page of HTML"     // 200, as by a proxy or a network that asks for a login
)

// Fault spoils calls of one operation.
type Fault struct {
	Service    string // as in a signature: s3, cloudformation, lambda, iam, sts, logs
	Operation  string // as in the API reference: PutObject
	Kind       Kind
	Occurrence int    // the first call of the operation that it spoils, counting from 1; 0 means 1
	Times      int    // how many calls in a row it spoils; 0 means all that follow
	Message    string // of Invalid
}

// hits reports whether the nth call of its operation is spoilt.
func (f Fault) hits(n int) bool {
	first := max(f.Occurrence, 1)
	return n >= first && (f.Times == 0 || n < first+f.Times)
}

// document is the response by which a service refuses a call.
type document struct {
	status int
	header http.Header
	body   string
}

// refusal is how service says that kind is the matter. Services differ in protocol and in codes.
func refusal(fault Fault, account string) document {
	kind, service, operation := fault.Kind, fault.Service, fault.Operation
	if kind == Page {
		return document{
			status: http.StatusOK,
			header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
			body:   "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>to the network</body></html>\n",
		}
	}
	principal := "arn:aws:iam::" + account + ":user/tester"
	denied := fmt.Sprintf("User: %s is not authorized to perform: %s:%s", principal, service, operation)
	switch service {
	case "s3":
		code := map[Kind][3]string{
			Throttle:     {"503", "SlowDown", "Please reduce your request rate."},
			ServerError:  {"500", "InternalError", "We encountered an internal error. Please try again."},
			AccessDenied: {"403", "AccessDenied", denied},
			Invalid:      {"400", "InvalidArgument", fault.Message},
		}[kind]
		return xmlDocument(code, "<Error><Code>%s</Code><Message>%s</Message><RequestId>TESTAWS</RequestId></Error>")
	case "lambda":
		code := map[Kind][3]string{
			Throttle:     {"429", "TooManyRequestsException", "Rate exceeded"},
			ServerError:  {"500", "ServiceException", "An error occurred and the request cannot be processed."},
			AccessDenied: {"403", "AccessDeniedException", denied},
			Invalid:      {"400", "InvalidParameterValueException", fault.Message},
		}[kind]
		refused := jsonDocument(code, map[string]string{"Message": code[2], "Type": "User"})
		refused.header.Set("X-Amzn-ErrorType", code[1])
		return refused
	case "logs":
		code := map[Kind][3]string{
			Throttle:     {"400", "ThrottlingException", "Rate exceeded"},
			ServerError:  {"500", "InternalFailure", "internal failure"},
			AccessDenied: {"400", "AccessDeniedException", denied},
			Invalid:      {"400", "InvalidParameterException", fault.Message},
		}[kind]
		return jsonDocument(code, map[string]string{"__type": code[1], "message": code[2]})
	}
	code := map[Kind][3]string{
		Throttle:     {"400", "Throttling", "Rate exceeded"},
		ServerError:  {"500", "InternalFailure", "internal failure"},
		AccessDenied: {"403", "AccessDenied", denied},
		Invalid:      {"400", "ValidationError", fault.Message},
	}[kind]
	return xmlDocument(code, "<ErrorResponse>"+
		"<Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>"+
		"<RequestId>testaws</RequestId>"+
		"</ErrorResponse>")
}

func xmlDocument(code [3]string, format string) document {
	var text strings.Builder
	_ = xml.EscapeText(&text, []byte(code[2])) // a strings.Builder returns no error
	return document{
		status: status(code[0]),
		header: http.Header{"Content-Type": {"application/xml"}},
		body:   xml.Header + fmt.Sprintf(format, code[1], text.String()),
	}
}

func jsonDocument(code [3]string, body map[string]string) document {
	text, _ := json.Marshal(body) // strings always can
	return document{
		status: status(code[0]),
		header: http.Header{"Content-Type": {"application/json"}},
		body:   string(text),
	}
}

func status(text string) int {
	var code int
	_, _ = fmt.Sscan(text, &code) // a constant of this file
	return code
}
