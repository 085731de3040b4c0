@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Starts the command line: finds a Java 25 or newer, sets its flags, builds the program once if it is missing.

set "HERE=%~dp0"
set "PROGRAM=%HERE%target\gpt-oss-cli.jar"
set "LIBRARIES=%HERE%target\lib"
set "FOUND="

if defined JAVA_HOME call :consider "%JAVA_HOME%"
if not defined FOUND for /f "delims=" %%J in ('where java 2^>nul') do if not defined FOUND call :consider "%%~dpJ.."
for %%R in ("%ProgramFiles%\Java" "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%USERPROFILE%\.jdks" "%USERPROFILE%\scoop\apps") do (
    if not defined FOUND if exist "%%~R" for /d %%H in ("%%~R\*") do if not defined FOUND call :consider "%%~H"
)
if not defined FOUND (
    echo gpt-oss: needs Java 25 or newer; install a JDK 25, or set JAVA_HOME to one 1>&2
    exit /b 1
)

if not exist "%PROGRAM%" (
    echo gpt-oss: building the program, once 1>&2
    pushd "%HERE%..\.."
    call mvnw.cmd -q -B -ntp -DskipTests -pl samples/cli -am package 1>&2
    if errorlevel 1 (
        popd
        echo gpt-oss: the build failed 1>&2
        exit /b 1
    )
    popd
)

set "FLAGS="
for %%C in (logits generate bench chat) do if "%~1"=="%%C" set "FLAGS=--add-modules=jdk.incubator.vector"

"%FOUND%\bin\java.exe" %FLAGS% --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xms64m -Xmx2g -Xshare:auto %GPT_OSS_JAVA_OPTIONS% -cp "%PROGRAM%;%LIBRARIES%\*" dev.gptoss.samples.cli.GptOss %*
exit /b %ERRORLEVEL%

:consider
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do (
    for /f "tokens=1 delims=." %%M in ("%%~V") do if %%M GEQ 25 set "FOUND=%~1"
)
exit /b 0
