package sparta

import (
	"fmt"
	"slices"
)

// LambdaFunctionURL gives a function an address of its own.
type LambdaFunctionURL struct {
	AuthType string                 `json:"authType,omitempty"` // AWS_IAM, or NONE for everybody; empty means AWS_IAM
	Cors     *LambdaFunctionURLCors `json:"cors,omitempty"`     // nil means that only its own origin may call it
}

// LambdaFunctionURLCors says which websites may call a function's URL.
type LambdaFunctionURLCors struct {
	AllowOrigins     []string `json:"allowOrigins,omitempty"` // such as https://www.example.com, or * for all
	AllowMethods     []string `json:"allowMethods,omitempty"` // such as GET, or * for all
	AllowHeaders     []string `json:"allowHeaders,omitempty"`
	ExposeHeaders    []string `json:"exposeHeaders,omitempty"`
	AllowCredentials bool     `json:"allowCredentials,omitempty"`
	MaxAge           int64    `json:"maxAge,omitempty"` // seconds that browsers remember this, up to 86400
}

// maxCorsAge is how long browsers may remember an answer, in seconds.
const maxCorsAge = 86400

var corsMethods = []string{"GET", "PUT", "HEAD", "POST", "PATCH", "DELETE", "*"}

func (u *LambdaFunctionURL) problems() []error {
	if u == nil {
		return nil
	}
	var errs []error
	report := func(format string, values ...any) { errs = append(errs, fmt.Errorf(format, values...)) }
	if !slices.Contains([]string{"", "AWS_IAM", "NONE"}, u.AuthType) {
		report("function URL's authorization %q is unknown: use AWS_IAM, or NONE for everybody", u.AuthType)
	}
	if u.Cors == nil {
		return errs
	}
	for _, method := range u.Cors.AllowMethods {
		if !slices.Contains(corsMethods, method) {
			report("function URL cannot allow method %q to other origins: use some of %v", method, corsMethods)
		}
	}
	if u.Cors.MaxAge < 0 || u.Cors.MaxAge > maxCorsAge {
		report("function URL's maximum age of %d seconds is out of range: use 0 to %d", u.Cors.MaxAge, maxCorsAge)
	}
	return errs
}
