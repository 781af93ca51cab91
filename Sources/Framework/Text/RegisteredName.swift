/// The name by which a type goes in files and lists, without what all types of its kind end with: "mexican-hat" for
/// "MexicanHatGenerator", or "MexicanHat" where it is not hyphenated.
package func registeredName(
  _ type: String, withoutSuffix suffix: String, isHyphenated: Bool = true
) -> String {
  let name = type.hasSuffix(suffix) ? String(type.dropLast(suffix.count)) : type
  guard isHyphenated else { return name }
  return name.enumerated().map { position, letter in
    letter.isUppercase && position > 0 ? "-\(letter.lowercased())" : letter.lowercased()
  }.joined()
}
