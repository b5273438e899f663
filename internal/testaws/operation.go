package testaws

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// credential finds the service and the access key in a signature.
var credential = regexp.MustCompile(`Credential=([^/,\s]+)/[0-9]+/[^/]+/([^/]+)/aws4_request`)

// identify says which operation of which service a request is, as the API references name them:
// ("s3", "PutObject"). An operation that is not known here is its method and path.
func identify(r *http.Request, body []byte) (service, operation, account string) {
	signature := r.Header.Get("Authorization")
	if query := r.URL.Query().Get("X-Amz-Credential"); query != "" {
		signature = "Credential=" + query
	}
	if match := credential.FindStringSubmatch(signature); match != nil {
		service = match[2]
		account = strings.TrimSuffix(strings.TrimPrefix(match[1], "AKIA"), "TEST")
	}
	switch {
	case r.Header.Get("X-Amz-Target") != "":
		_, operation, _ = strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	case strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded"):
		form, _ := url.ParseQuery(string(body))
		operation = form.Get("Action")
	case service == "s3":
		operation = s3Operation(r)
	case service == "lambda":
		operation = lambdaOperation(r)
	}
	if operation == "" {
		operation = r.Method + " " + r.URL.Path
	}
	return service, operation, account
}

// subresources are the parts of a bucket or object that a query names, and what their operations end in.
var subresources = map[string]string{
	"acl": "Acl", "cors": "Cors", "encryption": "Encryption", "lifecycle": "LifecycleConfiguration",
	"location": "Location", "logging": "Logging", "object-lock": "ObjectLockConfiguration",
	"ownershipControls": "OwnershipControls", "policy": "Policy", "policyStatus": "PolicyStatus",
	"publicAccessBlock": "PublicAccessBlock", "tagging": "Tagging", "versioning": "Versioning", "website": "Website",
}

func s3Operation(r *http.Request) string {
	query := r.URL.Query()
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	verb := map[string]string{
		http.MethodGet:    "Get",
		http.MethodPut:    "Put",
		http.MethodDelete: "Delete",
		http.MethodHead:   "Head",
		http.MethodPost:   "Post",
	}[r.Method]
	what := "Bucket"
	if key != "" {
		what = "Object"
	}
	for name, operation := range subresources {
		if query.Has(name) {
			if operation == "PublicAccessBlock" {
				return verb + operation
			}
			return verb + what + operation
		}
	}
	switch {
	case bucket == "":
		return "ListBuckets"
	case query.Has("versions"):
		return "ListObjectVersions"
	case query.Has("uploads") && r.Method == http.MethodPost:
		return "CreateMultipartUpload"
	case query.Has("uploads"):
		return "ListMultipartUploads"
	case query.Has("delete"):
		return "DeleteObjects"
	case query.Has("uploadId"):
		return map[string]string{
			http.MethodPut:    "UploadPart",
			http.MethodPost:   "CompleteMultipartUpload",
			http.MethodDelete: "AbortMultipartUpload",
			http.MethodGet:    "ListParts",
		}[r.Method]
	case key == "" && r.Method == http.MethodPut:
		return "CreateBucket"
	case key == "" && r.Method == http.MethodGet && query.Get("list-type") == "2":
		return "ListObjectsV2"
	case key == "" && r.Method == http.MethodGet:
		return "ListObjects"
	case r.Method == http.MethodPut && r.Header.Get("X-Amz-Copy-Source") != "":
		return "CopyObject"
	}
	return verb + what
}

// lambdaPaths name Lambda's operations by method and what follows /<date>/functions/<name>.
var lambdaPaths = map[string]string{
	"GET ":              "GetFunction",
	"DELETE ":           "DeleteFunction",
	"GET configuration": "GetFunctionConfiguration",
	"PUT configuration": "UpdateFunctionConfiguration",
	"PUT code":          "UpdateFunctionCode",
	"POST invocations":  "Invoke",
	"GET versions":      "ListVersionsByFunction",
	"POST versions":     "PublishVersion",
	"GET aliases":       "ListAliases",
	"POST aliases":      "CreateAlias",
	"GET policy":        "GetPolicy",
	"POST policy":       "AddPermission",
	"GET url":           "GetFunctionUrlConfig",
	"GET concurrency":   "GetFunctionConcurrency",

	"GET provisioned-concurrency": "ListProvisionedConcurrencyConfigs",
	"PUT provisioned-concurrency": "PutProvisionedConcurrencyConfig",

	"GET aliases/": "GetAlias",
	"PUT aliases/": "UpdateAlias",
}

func lambdaOperation(r *http.Request) string {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if len(parts) < 2 {
		return ""
	}
	if parts[1] != "functions" {
		return map[string]string{
			"event-source-mappings": "ListEventSourceMappings",
			"account-settings":      "GetAccountSettings",
			"tags":                  "ListTags",
		}[parts[1]]
	}
	switch len(parts) {
	case 2:
		if r.Method == http.MethodPost {
			return "CreateFunction"
		}
		return "ListFunctions"
	case 3:
		return lambdaPaths[r.Method+" "]
	case 4:
		return lambdaPaths[r.Method+" "+parts[3]]
	}
	return lambdaPaths[r.Method+" "+parts[3]+"/"]
}
