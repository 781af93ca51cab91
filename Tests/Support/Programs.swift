internal import Foundation

/// Writes a program, by another one: what tests start at this moment would hold a file that this program
/// writes, and the system runs none that is being written.
package func writeProgram(_ script: String, to path: String) throws {
  try Data(script.utf8).write(to: URL(filePath: path + ".text"))
  let copy = Process()
  copy.executableURL = URL(filePath: "/bin/sh")
  copy.arguments = [
    "-c", "rm -f \"$0\"; cp \"$0.text\" \"$0\"; chmod 755 \"$0\"; rm \"$0.text\"", path,
  ]
  try copy.run()
  copy.waitUntilExit()
}
