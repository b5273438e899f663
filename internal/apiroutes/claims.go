package apiroutes

// UsualClaims returns the claims of tokens that default templates pass on.
func UsualClaims() []string {
	return []string{
		"sub", "aud", "client_id", "iss", "exp", "iat", "auth_time", "token_use", "scope", "jti", "username", "email",
		"email_verified", "phone_number", "name", "given_name", "family_name", "cognito:username", "cognito:groups",
	}
}
